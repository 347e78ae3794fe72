package opd.cli.session;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import opd.cli.console.ConsoleReferences;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.Warning;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PhoneNumber;
import opd.domain.PhoneNumbers;
import opd.domain.PhoneReference;
import opd.domain.PlainText;
import opd.domain.RequestId;
import opd.domain.TokenReference;
import opd.output.BatchPrinter;
import opd.output.Listing;
import opd.output.Printer;
import opd.output.RosterPrinter;
import opd.server.ManagedServer;
import opd.service.FacilityServices;
import opd.service.Request;
import opd.store.connection.DatabaseSettings;
import org.jspecify.annotations.Nullable;

/// What the parts of one command share: options, settings, the printer and the desk, each made when
/// it is first needed.
public final class CommandContext {
  private final Surroundings surroundings;
  private final ConsoleState consoleState;
  private final GlobalOptions options = new GlobalOptions();
  private final Set<Warning> inputWarnings = EnumSet.noneOf(Warning.class);
  private final Printers printers;
  private @Nullable Settings settings;
  private @Nullable FacilityServices desk;
  private boolean isForRooms = true;
  private @Nullable RequestId requestId;
  private @Nullable RequestId stored;
  private @Nullable OpdException failure;
  private @Nullable Response<? extends Outcome> answer;

  public CommandContext(Surroundings surroundings, ConsoleState consoleState) {
    this.surroundings = surroundings;
    this.consoleState = consoleState;
    this.printers = new Printers(surroundings, this::settings, this::zone, inputWarnings);
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  public ConsoleState consoleState() {
    return consoleState;
  }

  /// The same command for another facility.
  ///
  /// @param own whose connections it has
  public CommandContext forFacility(FacilityName facility, ConsoleState own) {
    return forFacilityAt(facility, Optional.empty(), own);
  }

  /// The same command for a facility of another database.
  ///
  /// @param url empty for the one where the settings say that it lies
  public CommandContext forFacilityAt(
      FacilityName facility, Optional<String> url, ConsoleState own) {
    GlobalOptions same = options.orElse(consoleState.defaults());
    same.facility.set(facility.value());
    CommandContext other = new CommandContext(surroundings, own);
    other.isForRooms = isForRooms;
    other.settings = new Settings(same, surroundings.variables(), url);
    return other;
  }

  /// Those of this command alone.
  public GlobalOptions options() {
    return options;
  }

  public Settings settings() {
    if (settings == null) {
      settings = new Settings(options.orElse(consoleState.defaults()), surroundings.variables());
    }
    return settings;
  }

  /// Notes what the command lists, before anything is done.
  ///
  /// @throws OpdException USAGE when columns are asked for that it does not have
  public void lists(Optional<Listing> listing) {
    printers.lists(listing);
  }

  /// Notes whether a consulting room works with the command, before anything is done.
  public void isForRooms(boolean isOneOfThose) {
    isForRooms = isOneOfThose;
  }

  /// Refuses, in the console of a consulting room, what is not its work, before anything is asked
  /// for.
  ///
  /// @throws OpdException ACCESS_DENIED
  public void checkWork() {
    if (consoleState.isInRoom() && !isForRooms) {
      desk();
    }
  }

  public Printer printer() {
    return printers.answers();
  }

  public BatchPrinter batchPrinter() {
    return printers.batch();
  }

  public RosterPrinter rosterPrinter(boolean isDryRun) {
    return printers.roster(isDryRun);
  }

  /// The zone for people's eyes: the person's own, else the facility's. Whoever has not opened the
  /// desk yet has no times to show.
  public ZoneId zone() {
    return settings().personalZone().orElseGet(() -> desk == null ? ZoneOffset.UTC : desk.zone());
  }

  public ManagedServer server() {
    return new ManagedServer(settings().homeFolder(), this::progress);
  }

  /// When this facility was last sealed, verified and backed up from here.
  public WorkNotes notes() {
    String place =
        ExternalDatabase.in(settings(), settings().facilityName())
            .map(DatabaseSettings::place)
            .orElse("managed");
    return new WorkNotes(settings().homeFolder(), place, settings().facilityName());
  }

  /// Notes work on this facility as done; where that fails, it is said and nothing else.
  ///
  /// @param when it began
  public void note(WorkNotes.Work work, Instant when) {
    try {
      notes().done(work, when);
    } catch (IOException e) {
      progress(
          "warning: %s cannot be written, so 'opd check' will not know of this"
              .formatted(settings().homeFolder().resolve("notes")));
    }
  }

  public Facilities facilities() {
    return new Facilities(settings(), server(), consoleState.connections(), this::progress);
  }

  /// The facility's services.
  ///
  /// @throws OpdException as opening them does; ACCESS_DENIED for a command that is not the login's
  public FacilityServices desk() {
    if (desk == null) {
      if (consoleState.opens() && ExternalDatabase.showsPassword(settings())) {
        progress(
            "warning: a password in an argument can be read by everybody on this machine;"
                + " use OPD_DB_PASSWORD or ~/.pgpass");
      }
      desk = facilities().open();
      consoleState.entered(desk.facility().role());
    }
    if (!isForRooms && desk.facility().role() == FacilityRole.ROOM) {
      throw RoomWork.refused(settings().facilityName());
    }
    return desk;
  }

  /// The time by the clock that dates the facility's decisions, as it was when the desk was opened.
  public Instant now() {
    return desk().now();
  }

  /// Reads slots, tokens and times as people type them.
  public Inputs inputs() {
    return new Inputs(now(), desk().today(), desk().zone(), zone());
  }

  /// A token as typed; in a console also `last` and `#3`.
  public TokenReference token(String text) {
    return references()
        .flatMap(references -> references.token(text))
        .orElseGet(() -> inputs().token(text));
  }

  /// What was done last in the facility; empty outside of a console.
  public Optional<ConsoleReferences> references() {
    return consoleState.references(settings().facilityName());
  }

  /// Reads phone numbers as they are dialled in the facility's region.
  public PhoneNumbers phoneNumbers() {
    return new PhoneNumbers(desk().settings().region());
  }

  /// A number as typed, of which is said if it is an unusual one.
  public PhoneNumber phone(String text) {
    return told(text, phoneNumbers().parse(text));
  }

  /// A number as typed, or the reference of somebody without one.
  public PhoneReference phoneReference(String text) {
    return told(text, phoneNumbers().reference(text));
  }

  private <P extends PhoneReference> P told(String text, P phone) {
    if (PhoneNumbers.isUnusual(phone)) {
      inputWarnings.add(Warning.UNUSUAL_NUMBER);
      if (!settings().isJson()) {
        progress(
            "warning: %s is no length that a mobile or fixed line of its region has (%s)"
                .formatted(PlainText.quote(text), Warning.UNUSUAL_NUMBER));
      }
    }
    return phone;
  }

  /// The request that the command is about to make.
  ///
  /// @param given the id, or null for a new one
  public Request request(@Nullable String given) {
    requestId = given == null ? RequestId.random() : new RequestId(given);
    consoleState.requests(requestId);
    return new Request(settings().actorName(), requestId);
  }

  /// The id of the request that was made, or null when none was.
  public @Nullable RequestId requestId() {
    return requestId;
  }

  /// Notes that the request was decided, and its outcome stored.
  public void stored(RequestId request) {
    stored = request;
  }

  /// The request whose outcome was stored, or null when none was.
  public @Nullable RequestId stored() {
    return stored;
  }

  /// Notes what was decided.
  public void answered(Response<? extends Outcome> decided) {
    answer = decided;
  }

  /// What was decided, if anything was.
  public Optional<Response<? extends Outcome>> answer() {
    return Optional.ofNullable(answer);
  }

  /// Notes why the command failed, for whoever runs it.
  public void failed(OpdException error) {
    failure = error;
    consoleState.failed();
  }

  public Optional<OpdException> failure() {
    return Optional.ofNullable(failure);
  }

  /// @throws OpdException USAGE in a console, where it holds the commands
  public InputStream standardInput() {
    InputStream in = surroundings.in();
    if (in == null) {
      throw new OpdException(
          ErrorCode.USAGE,
          "standard input holds the console's own commands",
          "give a file instead, or run this outside of the console");
    }
    return in;
  }

  public void progress(String line) {
    surroundings.err().println(line);
    surroundings.err().flush();
  }

  /// Asks the person at the terminal, at a console's prompt in place; no answer is a no.
  ///
  /// @throws OpdException USAGE where the next line is the next command
  public boolean confirm(String question) {
    return confirmation().isGiven(question);
  }

  /// Asks for a word, as [#confirm] asks for a yes.
  ///
  /// @param option that answers where nobody can be asked
  /// @throws OpdException USAGE there
  public String ask(String question, String option) {
    return confirmation().word(question, option);
  }

  private Confirmation confirmation() {
    return new Confirmation(surroundings, consoleState.person());
  }

  public static OpdException usage(String message) {
    return new OpdException(ErrorCode.USAGE, message, "see --help");
  }
}
