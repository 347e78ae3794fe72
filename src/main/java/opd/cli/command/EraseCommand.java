package opd.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import opd.backup.ErasureFile;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.Given;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PhoneReference;
import opd.domain.PlainText;
import opd.service.Request;
import picocli.CommandLine;

/// Forgets a patient, and notes it for whoever restores an older backup.
final class EraseCommand {
  private static final int MOST_REASON_CHARACTERS = 200;

  private final CommandContext context;
  private final Given<String> phone =
      Given.argument("PHONE", "The phone number, or U-7 of somebody without one.");
  private final Given<String> member = PatientCommands.memberOfSeveral();
  private final Given<String> reason =
      Given.required("--reason", "R", "Why; it stays in the log, so it must not name the patient.");
  private final Given<String> erasures =
      Given.value(
          "--erasures",
          "FILE",
          "Note the erasure in this file, too, without name or number: 'opd db restore --erasures'"
              + " repeats what stands in it.");
  private final ChangeOptions change = new ChangeOptions();

  private EraseCommand(CommandContext context) {
    this.context = context;
  }

  static CommandLine line(CommandContext context) {
    EraseCommand command = new EraseCommand(context);
    return Description.of(
            "erase",
            "Forget a patient: name and phone number are gone for good, and the log still holds.",
            "Not while a token is ACTIVE or owed. Backups made before still hold both: see"
                + " --erasures.")
        .examples(
            "opd patient erase 9876543210 --reason \"asked for it in writing\" \\",
            "    --erasures erasures.jsonl")
        .takes(
            command.phone,
            command.member,
            command.reason,
            command.erasures,
            command.change.requestId)
        .does(command::erase);
  }

  private int erase() {
    String why = PlainText.of("the reason", reason.get(), MOST_REASON_CHARACTERS);
    Optional<ErasureFile> file = erasures.optional().map(Inputs::file).map(EraseCommand::writable);
    Request request = change.request(context);
    PhoneReference whom = context.phoneReference(phone.get());
    Response<Outcome.Erasure> answer =
        context.desk().erasures().erase(request, whom, PatientCommands.number(member), why);
    int exit = ChangeOptions.finish(context, answer);
    if (answer.outcome() instanceof Outcome.PatientSaved(long id)) {
      file.ifPresent(noted -> note(noted, id));
    }
    return exit;
  }

  /// Before anything is erased.
  private static ErasureFile writable(Path path) {
    ErasureFile file = new ErasureFile(path);
    file.checkWritable();
    return file;
  }

  /// @throws OpdException OUTCOME_UNKNOWN when it cannot be noted: never what says that nothing
  ///   happened
  private void note(ErasureFile file, long patientId) {
    try {
      context.desk().erasures().erasureNote(patientId).ifPresent(file::append);
    } catch (OpdException e) {
      throw new OpdException(
          ErrorCode.OUTCOME_UNKNOWN,
          "the patient was erased, but that could not be noted: " + e.getMessage(),
          "repeat the command with the same --request-id",
          e);
    }
  }
}
