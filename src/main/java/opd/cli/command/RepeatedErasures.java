package opd.cli.command;

import java.util.List;
import java.util.Optional;
import opd.cli.session.CommandContext;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.ErasureNote;

/// What became of the erasures that were repeated after a restore.
///
/// @param erased how many were forgotten again; not who was not in the backup yet
/// @param refused how many hold a token there, or are owed a place
record RepeatedErasures(int erased, int refused) {

  static RepeatedErasures repeat(CommandContext context, List<ErasureNote> notes) {
    int erased = 0;
    int refused = 0;
    for (ErasureNote note : notes) {
      Optional<Outcome.Erasure> outcome =
          context.desk().erasures().eraseAgain(context.request(null), note).map(Response::outcome);
      if (outcome.isPresent()) {
        switch (outcome.get()) {
          case Outcome.PatientSaved _ -> erased++;
          case Outcome.PatientRejected rejected -> {
            refused++;
            context.progress(
                "warning: patient %d was erased once and is known here again, as token %s is %s:"
                        .formatted(note.patient(), rejected.holds(), rejected.status())
                    + " cancel it or make it good, then erase the patient");
          }
        }
      }
    }
    return new RepeatedErasures(erased, refused);
  }
}
