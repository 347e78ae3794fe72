package opd.cli.command;

import java.time.Instant;
import java.util.List;
import opd.cli.session.WorkNotes;
import opd.cli.session.WorkNotes.Work;
import opd.output.Properties;
import opd.service.CheckService;
import opd.store.schema.GuardDifference;
import org.jspecify.annotations.Nullable;

/// What is told of a facility's state.
final class FacilityStatus {
  private FacilityStatus() {}

  /// @param notes of what was done from this machine; what another one did is null
  static void add(Properties properties, CheckService.State state, WorkNotes notes) {
    if (state.node() != null) {
      properties.with("node", state.node());
    }
    properties
        .with("bytes", state.bytes())
        .with("tokens", state.tokens())
        .with("lastDecision", state.lastDecision())
        .with("lastSeal", last(notes, Work.SEAL))
        .with("lastVerify", last(notes, Work.VERIFY))
        .with("lastBackup", last(notes, Work.BACKUP))
        .with("longestLock", state.longestLock())
        .with("guards", guards(state))
        .with(
            "altered",
            state.differences().orElse(List.of()).stream().map(GuardDifference::name).toList());
  }

  private static String guards(CheckService.State state) {
    if (state.differences().isEmpty()) {
      return "not compared";
    }
    return state.isUnaltered() ? "unaltered" : "altered";
  }

  private static @Nullable Instant last(WorkNotes notes, Work work) {
    return notes.last(work).orElse(null);
  }
}
