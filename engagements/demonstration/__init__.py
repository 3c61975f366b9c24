"""The demonstration: real engagements from public record, and a few invented ones around today."""
