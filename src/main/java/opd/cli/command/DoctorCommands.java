package opd.cli.command;

import java.util.List;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.Doctor;
import opd.domain.Inputs;
import opd.domain.PersonName;
import opd.output.Listing;
import picocli.CommandLine;

/// The commands on doctors.
public final class DoctorCommands {
  private DoctorCommands() {}

  public static CommandLine line(CommandContext context) {
    return Description.of("doctor", "Doctors: add and list them; say who is late or away.")
        .examples("opd doctor add RAO --name \"Dr. Rao\"")
        .holds(
            add(context),
            listing(context),
            show(context),
            change(context),
            new DoctorLateCommand(context).line(),
            new DoctorLeaveCommand(context).line(),
            setActive(
                context,
                true,
                Description.of("activate", "Let a doctor take new slots again.")
                    .examples("opd doctor activate RAO")),
            setActive(
                context,
                false,
                Description.of(
                        "deactivate",
                        "Let a doctor take no new slots.",
                        "The open ones go on, and are listed with their patients.")
                    .examples("opd doctor deactivate RAO")));
  }

  private static CommandLine add(CommandContext context) {
    Given<String> code = Given.argument("CODE", "2 to 12 letters and digits, as in labels.");
    Given<String> name = Given.required("--name", "N", "The doctor's name.");
    Given<String> specialization = Given.value("--specialization", "S", "Such as Cardiology.");
    ChangeOptions change = new ChangeOptions();
    return Description.of("add", "Add a doctor.")
        .examples("opd doctor add RAO --name \"Dr. Rao\" --specialization Cardiology")
        .takes(code, name, specialization, change.requestId)
        .quick()
        .does(() ->
            change.decide(
                context,
                request -> {
                  Doctor doctor =
                      new Doctor(
                          Inputs.doctor(code.get()),
                          new PersonName(name.get()),
                          specialization.orNull(),
                          true);
                  return context.desk().doctors().add(request, doctor);
                }));
  }

  private static CommandLine listing(CommandContext context) {
    return Description.of("list", "List the doctors.")
        .forRooms()
        .examples("opd doctor list")
        .lists(Listing.DOCTORS)
        .quick()
        .does(() -> {
          context.printer().doctors(context.desk().doctors().list());
          return ExitStatus.DONE.code();
        });
  }

  private static CommandLine show(CommandContext context) {
    Given<String> code = Given.argument("CODE", "The doctor's, as in labels.");
    return Description.of("show", "Show a doctor.")
        .forRooms()
        .examples("opd doctor show RAO")
        .takes(code)
        .quick()
        .does(() -> {
          Doctor doctor = context.desk().doctors().show(Inputs.doctor(code.get()));
          context.printer().doctors(List.of(doctor));
          return ExitStatus.DONE.code();
        });
  }

  private static CommandLine change(CommandContext context) {
    Given<String> code = Given.argument("CODE", "The doctor's, as in labels.");
    Given<String> name = Given.value("--name", "N", "The right name.");
    Given<String> specialization =
        Given.value("--specialization", "S", "The right one; \"\" for none.");
    ChangeOptions change = new ChangeOptions();
    return Description.of("change", "Mend a doctor's name or specialization; the code stays.")
        .examples("opd doctor change RAO --name \"Dr. Iyer\"")
        .takes(code, name, specialization, change.requestId)
        .quick()
        .does(() -> {
          if (!name.isGiven() && !specialization.isGiven()) {
            throw CommandContext.usage("give --name or --specialization");
          }
          return change.decide(
              context,
              request ->
                  context
                      .desk()
                      .doctors()
                      .change(
                          request,
                          Inputs.doctor(code.get()),
                          name.optional().map(PersonName::new),
                          specialization.optional()));
        });
  }

  private static CommandLine setActive(
      CommandContext context, boolean active, Description command) {
    Given<String> code = Given.argument("CODE", "The doctor's, as in labels.");
    ChangeOptions change = new ChangeOptions();
    return command
        .takes(code, change.requestId)
        .quick()
        .does(() ->
            change.decide(
                context,
                request ->
                    context
                        .desk()
                        .doctors()
                        .setActive(request, Inputs.doctor(code.get()), active)));
  }
}
