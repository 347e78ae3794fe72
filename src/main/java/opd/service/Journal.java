package opd.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import opd.decision.NewEntry;
import opd.domain.Patient;

/// Collects what one transaction has to say to the audit log, in the order in which it is told: the
/// cause before what it brought about.
final class Journal {
  private final List<NewEntry> entries = new ArrayList<>();
  private final Map<Long, Patient> met = new HashMap<>();

  void note(NewEntry entry) {
    entries.add(entry);
  }

  /// A patient whom the decision read, so that the answer need not look for the same one again.
  void met(Patient patient) {
    met.put(patient.id(), patient);
  }

  Map<Long, Patient> met() {
    return Map.copyOf(met);
  }

  List<NewEntry> entries() {
    return List.copyOf(entries);
  }
}
