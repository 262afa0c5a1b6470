"""What can be wrong with an edition: accepted or not, proved or not, and a module for each subject of checks."""
