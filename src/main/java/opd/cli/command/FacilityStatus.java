package opd.cli.command;

import java.time.Instant;
import opd.cli.session.WorkNotes;
import opd.cli.session.WorkNotes.Work;
import opd.output.Properties;
import opd.service.CheckService;
import opd.store.schema.GuardDifference;

/// What is told of a facility's state.
final class FacilityStatus {
  private FacilityStatus() {}

  /// @param notes of what was done from this machine; what another one did is null
  static void add(Properties properties, CheckService.State state, WorkNotes notes) {
    properties
        .with("bytes", state.bytes())
        .with("tokens", state.tokens())
        .with("lastDecision", state.lastDecision())
        .with("lastSeal", last(notes, Work.SEAL))
        .with("lastVerify", last(notes, Work.VERIFY))
        .with("lastBackup", last(notes, Work.BACKUP))
        .with("longestLock", state.longestLock())
        .with("guards", state.differences().isEmpty() ? "unaltered" : "altered")
        .with("altered", state.differences().stream().map(GuardDifference::name).toList());
  }

  private static @org.jspecify.annotations.Nullable Instant last(WorkNotes notes, Work work) {
    return notes.last(work).orElse(null);
  }
}
