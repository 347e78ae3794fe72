package opd.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.domain.Inputs;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PlainText;
import opd.service.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands on patients.
public final class PatientCommands {
  private PatientCommands() {}

  /// How a patient is named: by phone, and by member where people share one.
  static final class Who {
    @Option(names = "--phone", required = true, paramLabel = "P", description = "The phone number.")
    String phone = "";

    @Option(
        names = "--member",
        paramLabel = "N",
        defaultValue = "1",
        description = "Tells apart the people who share a phone (default: 1).")
    String member = "1";

    PatientKey key(Session session) {
      int number = Inputs.number("--member", member, 1, PatientKey.MOST_MEMBERS);
      return new PatientKey(session.phone(phone), number);
    }
  }

  @Command(
      name = "patient",
      description = "Patients.",
      footer = {"", "Example:", "  opd patient show 9876543210"})
  public static final class Group {}

  @Command(
      name = "add",
      description = "Register a patient.",
      footer = {"", "Example:", "  opd patient add --phone 9876543210 --name \"Asha Rao\""})
  public static final class Add implements Callable<Integer> {
    private final Session session;

    @Mixin Who who = new Who();

    @Option(
        names = "--name",
        required = true,
        paramLabel = "N",
        description = "The patient's name.")
    String name = "";

    @Mixin ChangeOptions change = new ChangeOptions();

    public Add(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Request request = change.request(session);
      PersonName newName = new PersonName(name);
      return ChangeOptions.finish(
          session, session.desk().patients().add(request, who.key(session), newName));
    }
  }

  @Command(
      name = "change",
      description = "Correct a patient's name or phone number.",
      footer = {"", "Example:", "  opd patient change --phone 9876543210 --name \"Asha Rao\""})
  public static final class Change implements Callable<Integer> {
    private final Session session;

    @Mixin Who who = new Who();

    @Option(names = "--name", paramLabel = "N", description = "The right name.")
    @Nullable String name;

    @Option(names = "--new-phone", paramLabel = "P", description = "The new phone number.")
    @Nullable String newPhone;

    @Mixin ChangeOptions change = new ChangeOptions();

    public Change(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Request request = change.request(session);
      if (name == null && newPhone == null) {
        throw Session.usage("give --name, --new-phone or both");
      }
      return ChangeOptions.finish(
          session,
          session
              .desk()
              .patients()
              .change(
                  request,
                  who.key(session),
                  Optional.ofNullable(name).map(PersonName::new),
                  Optional.ofNullable(newPhone).map(session::phone)));
    }
  }

  @Command(
      name = "find",
      description = "Find patients by part of a name or the last digits of a phone number.",
      footer = {"", "Examples:", "  opd patient find asha", "  opd patient find 3210"})
  public static final class Find implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TEXT")
    String text = "";

    public Find(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      String wanted = PlainText.of("the text", text, PersonName.MOST_CHARACTERS);
      // A number as people write it is found as it is stored.
      boolean isNumber = wanted.matches("[+0-9][0-9 ()-]*");
      String text = isNumber ? wanted.replaceAll("[^0-9]", "") : wanted;
      List<Patient> found = session.desk().patients().find(text);
      session.printer().patients(found);
      return ExitStatus.DONE.code();
    }
  }

  @Command(
      name = "show",
      description = "Show who has a phone number, with their tokens, newest first.",
      footer = {"", "Example:", "  opd patient show 9876543210"})
  public static final class Show implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "PHONE")
    String phone = "";

    public Show(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      session.printer().patientTokens(session.desk().patients().show(session.phone(phone)));
      return ExitStatus.DONE.code();
    }
  }
}
