package opd.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.domain.Doctor;
import opd.domain.Inputs;
import opd.domain.PersonName;
import opd.service.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands on doctors.
public final class DoctorCommands {
  private DoctorCommands() {}

  @Command(
      name = "doctor",
      description = "Doctors.",
      footer = {"", "Example:", "  opd doctor add RAO --name \"Dr. Rao\""})
  public static final class Group {}

  @Command(
      name = "add",
      description = "Add a doctor.",
      footer = {
        "",
        "Example:",
        "  opd doctor add RAO --name \"Dr. Rao\" --specialization Cardiology"
      })
  public static final class Add implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "CODE", description = "2 to 12 letters and digits, as in labels.")
    String code = "";

    @Option(names = "--name", required = true, paramLabel = "N", description = "The doctor's name.")
    String name = "";

    @Option(names = "--specialization", paramLabel = "S", description = "Such as Cardiology.")
    @Nullable String specialization;

    @Mixin ChangeOptions change = new ChangeOptions();

    public Add(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Request request = change.request(session);
      Doctor doctor = new Doctor(Inputs.doctor(code), new PersonName(name), specialization, true);
      return ChangeOptions.finish(session, session.desk().doctors().add(request, doctor));
    }
  }

  @Command(
      name = "list",
      description = "List the doctors.",
      footer = {"", "Example:", "  opd doctor list"})
  public static final class Listing implements Callable<Integer> {
    private final Session session;

    public Listing(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      session.printer().doctors(session.desk().doctors().list());
      return ExitStatus.DONE.code();
    }
  }

  @Command(
      name = "show",
      description = "Show a doctor.",
      footer = {"", "Example:", "  opd doctor show RAO"})
  public static final class Show implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "CODE")
    String code = "";

    public Show(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Doctor doctor = session.desk().doctors().show(Inputs.doctor(code));
      session.printer().doctors(List.of(doctor));
      return ExitStatus.DONE.code();
    }
  }

  @Command(
      name = "activate",
      description = "Let a doctor take new slots again.",
      footer = {"", "Example:", "  opd doctor activate RAO"})
  public static final class Activate implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "CODE")
    String code = "";

    @Mixin ChangeOptions change = new ChangeOptions();

    public Activate(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return setActive(session, change, code, true);
    }
  }

  @Command(
      name = "deactivate",
      description = "Let a doctor take no new slots; the open ones go on.",
      footer = {"", "Example:", "  opd doctor deactivate RAO"})
  public static final class Deactivate implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "CODE")
    String code = "";

    @Mixin ChangeOptions change = new ChangeOptions();

    public Deactivate(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return setActive(session, change, code, false);
    }
  }

  private static int setActive(Session session, ChangeOptions change, String code, boolean active) {
    Request request = change.request(session);
    return ChangeOptions.finish(
        session, session.desk().doctors().setActive(request, Inputs.doctor(code), active));
  }
}
