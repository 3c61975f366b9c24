"""A small set of reference files for tests to load, and ways to change them."""

from pathlib import Path

import yaml

FILES = {
    "offices.yaml": """
- {code: NHQ, name_en: Headquarters, name_fr: Administration centrale}
- {code: IR, name_en: International, name_fr: International, parent: NHQ}
""",
    "frameworks.yaml": """
- code: FIVE
  kind: priority
  title_en: Five
  title_fr: Cinq
  source: A page
  adopted: true
  in_force_from: 2006-04-01
  objectives:
    - {code: S1, wording_en: One, wording_fr: Un, short_en: One, short_fr: Un}
    - {code: S2, wording_en: Two, wording_fr: Deux, short_en: Two, short_fr: Deux}
    - {code: S3, wording_en: Three, wording_fr: Trois, short_en: Three, short_fr: Trois}
- code: SIX
  kind: priority
  title_en: Six
  title_fr: Six
  source: A page
  objectives:
    - {code: C1, wording_en: A, wording_fr: A, short_en: A, short_fr: A, maps_from: S1}
    - {code: C2, wording_en: B, wording_fr: B, short_en: B, short_fr: B, maps_from: null}
""",
    "regions.yaml": """
- {code: "150", name_en: Europe, name_fr: Europe}
- {code: "155", name_en: Western Europe, name_fr: Europe occidentale, parent: "150"}
""",
    "countries.yaml": """
- {iso2: AT, iso3: AUT, m49: "040", name_en: Austria, name_fr: Autriche, region: "155"}
""",
    "partners.yaml": """
- {code: UN, name_en: United Nations, name_fr: Nations Unies, kind: un}
- code: UNODC
  name_en: Office on Drugs and Crime
  name_fr: Office contre la drogue et le crime
  kind: un
  parent: UN
  country: AT
  sectors: [police, corrections]
  former_names:
    - {name_en: Office for Drug Control, name_fr: Office pour le contrôle, used_until: "2002-09"}
- {code: QUEENS, name_en: Queen’s University, name_fr: Université Queen’s, kind: academic}
""",
}


def rewrite(path: Path, change) -> None:
    """Let `change` alter the entries of a file."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(entries)
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")


def entry(entries: list[dict], code: str) -> dict:
    """The entry or objective with that code."""
    everything = entries + [o for e in entries for o in e.get("objectives", [])]
    return next(entry for entry in everything if entry["code"] == code)


def set_fields(path: Path, code: str, **fields) -> None:
    rewrite(path, lambda entries: entry(entries, code).update(fields))


def remove(path: Path, code: str) -> None:
    rewrite(path, lambda entries: entries.remove(entry(entries, code)))
