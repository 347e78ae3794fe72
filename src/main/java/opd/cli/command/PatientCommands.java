package opd.cli.command;

import java.util.List;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.Inputs;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PlainText;
import opd.output.Listing;
import picocli.CommandLine;

/// The commands on patients.
public final class PatientCommands {
  private static final String FIRST_MEMBER = "1";

  private PatientCommands() {}

  public static CommandLine line(CommandContext session) {
    return Description.of("patient", "Patients.")
        .examples("opd patient show 9876543210")
        .holds(add(session), change(session), find(session), show(session));
  }

  /// Tells apart the people who share a phone.
  static Given<String> member() {
    return Given.value("--member", "N", "Tells apart the people who share a phone (default: 1).");
  }

  /// How a patient is named: by phone, and by member where people share one.
  static PatientKey key(CommandContext session, String phone, Given<String> member) {
    int number = Inputs.number("--member", member.or(FIRST_MEMBER), 1, PatientKey.MOST_MEMBERS);
    return new PatientKey(session.phone(phone), number);
  }

  private static CommandLine add(CommandContext session) {
    Given<String> phone = Given.required("--phone", "P", "The phone number.");
    Given<String> member = member();
    Given<String> name = Given.required("--name", "N", "The patient's name.");
    ChangeOptions change = new ChangeOptions();
    return Description.of("add", "Register a patient.")
        .examples("opd patient add --phone 9876543210 --name \"Asha Rao\"")
        .takes(phone, member, name, change.requestId)
        .does(() ->
            change.decide(
                session,
                request -> {
                  PersonName newName = new PersonName(name.get());
                  return session
                      .desk()
                      .patients()
                      .add(request, key(session, phone.get(), member), newName);
                }));
  }

  private static CommandLine change(CommandContext session) {
    Given<String> phone = Given.required("--phone", "P", "The phone number.");
    Given<String> member = member();
    Given<String> name = Given.value("--name", "N", "The right name.");
    Given<String> newPhone = Given.value("--new-phone", "P", "The new phone number.");
    ChangeOptions change = new ChangeOptions();
    return Description.of("change", "Correct a patient's name or phone number.")
        .examples("opd patient change --phone 9876543210 --name \"Asha Rao\"")
        .takes(phone, member, name, newPhone, change.requestId)
        .does(() ->
            change.decide(
                session,
                request -> {
                  if (!name.isGiven() && !newPhone.isGiven()) {
                    throw CommandContext.usage("give --name, --new-phone or both");
                  }
                  return session
                      .desk()
                      .patients()
                      .change(
                          request,
                          key(session, phone.get(), member),
                          name.optional().map(PersonName::new),
                          newPhone.optional().map(session::phone));
                }));
  }

  private static CommandLine find(CommandContext session) {
    Given<String> text = Given.argument("TEXT");
    return Description.of(
            "find", "Find patients by part of a name or the last digits of a phone number.")
        .examples("opd patient find asha", "opd patient find 3210")
        .lists(Listing.PATIENTS)
        .takes(text)
        .does(() -> {
          String wanted = PlainText.of("the text", text.get(), PersonName.MOST_CHARACTERS);
          // A number as people write it is found as it is stored.
          boolean isNumber = wanted.matches("[+0-9][0-9 ()-]*");
          List<Patient> found =
              session.desk().patients().find(isNumber ? wanted.replaceAll("[^0-9]", "") : wanted);
          session.printer().patients(found);
          return ExitStatus.DONE.code();
        });
  }

  private static CommandLine show(CommandContext session) {
    Given<String> phone = Given.argument("PHONE");
    return Description.of("show", "Show who has a phone number, with their tokens, newest first.")
        .examples("opd patient show 9876543210")
        .lists(Listing.TOKENS)
        .takes(phone)
        .does(() -> {
          session
              .printer()
              .patientTokens(session.desk().patients().show(session.phone(phone.get())));
          return ExitStatus.DONE.code();
        });
  }
}
