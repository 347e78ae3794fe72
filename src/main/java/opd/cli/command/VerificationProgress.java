package opd.cli.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import opd.cli.session.CommandContext;
import opd.domain.SlotReference;
import opd.service.VerificationService;
import opd.service.VerificationService.Verified;

/// Verifies a log, and tells how far it has come.
///
/// @param ifStopped how to go on, if it ends before it is done
record VerificationProgress(CommandContext context, Progress progress, String ifStopped) {

  /// @param slot whose part of the log alone is verified, or empty
  /// @param seal that the log must still contain, or empty
  Verified verify(Optional<SlotReference> slot, Optional<Path> seal) {
    VerificationService verification = context.desk().verification();
    progress.begin("reading the log", ifStopped);
    // What is counted takes time, too, and one slot's part of it is small.
    long all = slot.isPresent() || !progress.isShown() ? 0 : verification.entries();
    return verification.verify(slot, seal, read -> show(read, all));
  }

  private void show(long read, long all) {
    String of = all == 0 ? "" : String.format(Locale.ROOT, " of %,d", all);
    String done = String.format(Locale.ROOT, "%,d%s entries", read, of);
    progress.step(
        done + " verified",
        all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) read / all),
        "stopped after " + done + "; " + ifStopped);
  }
}
