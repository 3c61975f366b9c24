"""Files that are wrong, hostile or merely odd, each made here when it is asked for; none is kept."""
