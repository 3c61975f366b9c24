// Whoever is quicker than the scripts of a page: what they did before anything listened.

// Whether a field is no longer as the page came.
export function isChanged(field) {
  if (field.options) {
    const options = [...field.options];
    return field.value !== (options.find((option) => option.defaultSelected) ?? options[0])?.value;
  }
  return field.type === "radio" || field.type === "checkbox" ? field.checked && !field.defaultChecked : field.value !== field.defaultValue;
}
