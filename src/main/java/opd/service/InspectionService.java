package opd.service;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import opd.domain.SlotLabel;
import opd.store.connection.DatabaseSettings;
import opd.store.table.Inspection;

/// Looks at a facility's tables from outside, for those who check the engine. Nothing of what
/// decides or writes takes part.
public final class InspectionService implements AutoCloseable {
  private final Inspection inspection;

  private InspectionService(Inspection inspection) {
    this.inspection = inspection;
  }

  /// Connects; the connection is closed with the service.
  public static InspectionService open(DatabaseSettings settings) {
    return new InspectionService(Inspection.open(settings));
  }

  /// A slot as its rows say.
  ///
  /// @param state status, delay, counters and last number in one line
  /// @param entries how many the slot's log has
  /// @param tokens one line each, by number: number, patient, priority, source, status, origin
  public record SlotSight(String label, String state, long entries, List<String> tokens) {}

  /// By start and doctor; a slot that does not exist is missing.
  public List<SlotSight> look(Collection<SlotLabel> labels) {
    return inspection.slots(labels).stream()
        .map(row -> new SlotSight(row.label(), row.state(), row.entries(), row.tokens()))
        .toList();
  }

  /// What breaks an invariant anywhere in the facility: by the sentence that says what must be so,
  /// a few lines of what is not; empty where all is well.
  public Map<String, List<String>> faults() {
    return inspection.faults();
  }

  @Override
  public void close() {
    inspection.close();
  }
}
