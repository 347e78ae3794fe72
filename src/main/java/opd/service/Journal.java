package opd.service;

import java.util.ArrayList;
import java.util.List;
import opd.audit.NewEntry;

/// Collects what one transaction has to say to the audit log, in the order in which it is told: the
/// cause before what it brought about.
final class Journal {
  private final List<NewEntry> entries = new ArrayList<>();

  void note(NewEntry entry) {
    entries.add(entry);
  }

  List<NewEntry> entries() {
    return List.copyOf(entries);
  }
}
