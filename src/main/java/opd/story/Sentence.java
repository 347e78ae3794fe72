package opd.story;

import java.util.List;
import opd.record.StoredEntry;

/// A sentence of an explanation.
///
/// @param entries of the log that show it
public record Sentence(String text, List<StoredEntry> entries) {}
