package opd.cli.command;

import java.util.List;
import java.util.Optional;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.Inputs;
import opd.domain.PatientKey;
import opd.domain.PatientReference;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.PhoneReference;
import opd.domain.PlainText;
import opd.domain.UnidentifiedPatient;
import opd.output.Listing;
import opd.output.json.PeopleJson;
import opd.service.PatientExport;
import opd.service.PatientService;
import opd.service.PatientService.PatientTokens;
import picocli.CommandLine;

/// The commands on patients.
public final class PatientCommands {
  private static final String FIRST_MEMBER = "1";
  private static final String NEXT_MEMBER = "next";

  private PatientCommands() {}

  public static CommandLine line(CommandContext context) {
    return Description.of(
            "patient", "Patients: find them, mend a name or number, export or forget them.")
        .examples("opd patient show 9876543210")
        .holds(
            add(context),
            change(context),
            find(context),
            show(context),
            export(context),
            EraseCommand.line(context));
  }

  /// Tells apart the people who share a phone.
  static Given<String> member() {
    return Given.value("--member", "N", "Tells apart the people who share a phone (default: 1).");
  }

  /// The same for a command that may register somebody.
  static Given<String> memberOrNext() {
    return Given.value(
        "--member",
        "N",
        "Tells apart the people who share a phone (default: 1); next: the one of the name, or"
            + " somebody new under the next number.");
  }

  /// Whom a command means that acts on one person.
  static Given<String> memberOfSeveral() {
    return Given.value("--member", "N", "Needed where several people share the phone.");
  }

  /// How a patient is named: by phone, and by member where people share one, or by reference.
  static PatientReference reference(CommandContext context, String phone, Given<String> member) {
    PhoneReference number = context.phoneReference(phone);
    String typed = member.or(FIRST_MEMBER).strip();
    if (number instanceof PhoneNumber shared && typed.equalsIgnoreCase(NEXT_MEMBER)) {
      return new PatientReference.NextMember(shared);
    }
    return PatientReference.of(number, memberNumber(typed));
  }

  private static int memberNumber(String typed) {
    return Inputs.number("--member", typed, 1, PatientKey.MOST_MEMBERS);
  }

  static Optional<Integer> number(Given<String> member) {
    return member.optional().map(PatientCommands::memberNumber);
  }

  private static CommandLine add(CommandContext context) {
    Given<String> phone = Given.required("--phone", "P", "The phone number.");
    Given<String> member = memberOrNext();
    Given<String> name = Given.required("--name", "N", "The patient's name.");
    ChangeOptions change = new ChangeOptions();
    return Description.of("add", "Register a patient.")
        .examples(
            "opd patient add --phone 9876543210 --name \"Asha Rao\"",
            "opd patient add --phone 9876543210 --name \"Ravi Rao\" --member next")
        .takes(phone, member, name, change.requestId)
        .quick()
        .does(() ->
            change.decide(
                context,
                request -> {
                  PersonName newName = new PersonName(name.get());
                  if (context.phoneNumbers().reference(phone.get())
                      instanceof UnidentifiedPatient) {
                    throw CommandContext.usage("a new patient needs a phone number");
                  }
                  return context
                      .desk()
                      .patients()
                      .add(request, reference(context, phone.get(), member), newName);
                }));
  }

  private static CommandLine change(CommandContext context) {
    Given<String> patient =
        Given.optionalArgument("PHONE", "The phone number, or U-7 of somebody without one.");
    Given<String> phone = Given.value("--phone", "P", "The same as an option.");
    Given<String> member = member();
    Given<String> name = Given.value("--name", "N", "The right name.");
    Given<String> newPhone =
        Given.value(
            "--new-phone",
            "P",
            "The new phone number. Where others have it, the patient comes under the next member"
                + " number.");
    ChangeOptions change = new ChangeOptions();
    return Description.of("change", "Correct a patient's name or phone number.")
        .examples(
            "opd patient change 9876543210 --name \"Asha Rao\"",
            "opd patient change U-7 --name \"Ravi Rao\" --new-phone 9876543210")
        .takes(patient, phone, member, name, newPhone, change.requestId)
        .quick()
        .does(() ->
            change.decide(
                context,
                request -> {
                  if (!name.isGiven() && !newPhone.isGiven()) {
                    throw CommandContext.usage("give --name, --new-phone or both");
                  }
                  if (patient.isGiven() == phone.isGiven()) {
                    throw CommandContext.usage("give the patient's present phone number once");
                  }
                  String present = patient.isGiven() ? patient.get() : phone.get();
                  return context
                      .desk()
                      .patients()
                      .change(
                          request,
                          PatientReference.of(
                              context.phoneReference(present),
                              memberNumber(member.or(FIRST_MEMBER))),
                          name.optional().map(PersonName::new),
                          newPhone.optional().map(context::phone));
                }));
  }

  private static CommandLine find(CommandContext context) {
    Given<String> text = Given.argument("TEXT", "A number, a name, or parts of them.");
    return Description.of(
            "find",
            "Find patients, and where they stand today: by a number or a part of it in any form, by"
                + " words of the name or parts of them in any order, or by the reference of somebody"
                + " without a number.")
        .examples(
            "opd patient find \"menon asha\"",
            "opd patient find 09876543210",
            "opd patient find 3210")
        .lists(Listing.PATIENTS)
        .takes(text)
        .quick()
        .does(() -> {
          String wanted = PlainText.of("the text", text.get(), PersonName.MOST_CHARACTERS);
          List<PatientTokens> found =
              context
                  .desk()
                  .patients()
                  .find(wanted, context.phoneNumbers(), context.desk().today());
          context.printer().foundPatients(found);
          if (found.size() == PatientService.MOST_FOUND) {
            context.progress(
                "warning: these are the first %d by name; give more of the name or number"
                    .formatted(found.size()));
          }
          return ExitStatus.DONE.code();
        });
  }

  private static CommandLine show(CommandContext context) {
    Given<String> phone =
        Given.argument("PHONE", "The phone number, or U-7 of somebody without one.");
    return Description.of("show", "Show who has a phone number, with their tokens, newest first.")
        .examples("opd patient show 9876543210", "opd patient show U-7")
        .lists(Listing.TOKENS)
        .takes(phone)
        .quick()
        .does(() -> {
          context
              .printer()
              .patientTokens(context.desk().patients().show(context.phoneReference(phone.get())));
          return ExitStatus.DONE.code();
        });
  }

  private static CommandLine export(CommandContext context) {
    Given<String> phone =
        Given.argument("PHONE", "The phone number, or U-7 of somebody without one.");
    Given<String> member = memberOfSeveral();
    return Description.of(
            "export",
            "Print all that is held of a patient, as one JSON document: the record, the tokens, the"
                + " requests, and the log's entries that name the patient.")
        .examples("opd patient export 9876543210 > patient.json")
        .takes(phone, member)
        .does(() -> {
          PatientExport export =
              context.desk().erasures().export(context.phoneReference(phone.get()), number(member));
          context.surroundings().out().println(PeopleJson.text(export));
          return ExitStatus.DONE.code();
        });
  }
}
