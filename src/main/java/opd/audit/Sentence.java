package opd.audit;

import java.util.List;

/// A sentence of an explanation.
///
/// @param entries of the log that show it
public record Sentence(String text, List<StoredEntry> entries) {}
