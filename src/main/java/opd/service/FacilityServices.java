package opd.service;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneNumber;
import opd.store.connection.DecisionClock;
import opd.store.connection.FacilityConnection;
import opd.store.connection.Transactions;
import opd.store.schema.FacilityStore;
import opd.store.schema.Schema;
import opd.verify.Decider;
import org.jspecify.annotations.Nullable;

/// The services of one facility on one connection: what a front desk works with.
public final class FacilityServices implements AutoCloseable {
  private final FacilityConnection database;
  private final FacilityStore.Found facility;
  private final DecisionClock clock;
  private final Transactions transactions;
  private final Decisions decisions;
  private final PatientRegistry registry;
  // Read from the facility's row when they are first asked for.
  private @Nullable FacilitySettings settings;

  private FacilityServices(
      FacilityConnection database,
      FacilityStore.Found facility,
      DecisionClock clock,
      Transactions transactions,
      Supplier<byte[]> salts) {
    this.database = database;
    this.facility = facility;
    this.clock = clock;
    this.transactions = transactions;
    this.decisions = new Decisions(transactions);
    this.registry = new PatientRegistry(salts, Optional.ofNullable(facility.phoneKey()));
  }

  /// Connects, and checks that the facility exists and has the schema that this program needs. The
  /// connection is closed with the desk. What a simulation left behind can only be read, unless it
  /// is the simulation that opens it.
  ///
  /// @param salts gives 16 bytes each time, random outside of simulations
  /// @throws OpdException FACILITY_NOT_FOUND, SCHEMA_TOO_OLD, SCHEMA_TOO_NEW, ACCESS_DENIED,
  ///   DATABASE_UNAVAILABLE
  public static FacilityServices open(
      FacilityConnection database, DecisionClock clock, Supplier<byte[]> salts) {
    return open(database, clock, salts, Duration.ZERO);
  }

  /// The same.
  ///
  /// @param spent what the command has taken already of its time
  public static FacilityServices open(
      FacilityConnection database, DecisionClock clock, Supplier<byte[]> salts, Duration spent) {
    Transactions entering = new Transactions(database, clock, spent);
    FacilityStore.Found facility = enter(entering, database.settings().facility());
    Transactions transactions = entering.as(facility.role());
    Schema.check(
        database.settings().facility(), facility.schemaVersion(), facility.oldestProgram());
    boolean isLeftBehind = clock instanceof DecisionClock.OfDatabase && facility.isOfSimulation();
    return new FacilityServices(
        database,
        facility,
        clock,
        isLeftBehind ? transactions.by(new DecisionClock.Stopped(facility.now())) : transactions,
        salts);
  }

  private static FacilityStore.Found enter(Transactions transactions, FacilityName facility) {
    try {
      return transactions.open(transaction -> FacilityStore.find(transaction, facility));
    } catch (OpdException e) {
      throw e.code() == ErrorCode.FACILITY_NOT_FOUND
          ? transactions.dryRun(transaction -> FacilityStore.notEntered(transaction, facility))
          : e;
    }
  }

  /// The facility as it was found when the desk was opened.
  public FacilityStore.Found facility() {
    return facility;
  }

  /// The time by the clock that dates the facility's decisions, as it was when the desk was opened.
  public Instant now() {
    return facility.now();
  }

  /// The time by the same clock, asked for anew; where a simulation decides or has decided, that of
  /// its last decision.
  ///
  /// @throws OpdException DATABASE_UNAVAILABLE, DATABASE_BUSY
  public Instant currentTime() {
    FacilityName name = database.settings().facility();
    return transactions.by(clock).read(transaction -> FacilityStore.find(transaction, name)).now();
  }

  /// The date in the facility's zone, as it was when the desk was opened.
  public LocalDate today() {
    return facility.today();
  }

  /// @throws OpdException CHECK_FAILED when the facility's row is not one of a facility
  public FacilitySettings settings() {
    FacilitySettings read = settings;
    if (read == null) {
      read = facility.settings();
      settings = read;
    }
    return read;
  }

  /// The zone for people's eyes; UTC where the facility's row names none, as verifying it tells.
  public ZoneId zone() {
    try {
      return settings().zone();
    } catch (OpdException e) {
      return ZoneOffset.UTC;
    }
  }

  /// What stands for a phone number in digests and ids.
  ///
  /// @throws OpdException ACCESS_DENIED for a login that decides nothing
  public String hmac(PhoneNumber phone) {
    return registry.hmac(phone);
  }

  public DoctorService doctors() {
    return new DoctorService(decisions, transactions);
  }

  public SlotService slots() {
    return new SlotService(decisions, transactions);
  }

  public RosterService rosters() {
    return new RosterService(transactions);
  }

  public SlotChangeService slotChanges() {
    return new SlotChangeService(decisions);
  }

  public AbsenceService absences() {
    return new AbsenceService(decisions, zone());
  }

  public OwedService owed() {
    return new OwedService(transactions);
  }

  public PatientService patients() {
    return new PatientService(decisions, transactions, registry);
  }

  public ErasureService erasures() {
    return new ErasureService(decisions, transactions, registry);
  }

  public AllocationService allocations() {
    return new AllocationService(decisions, registry);
  }

  public BatchService batches() {
    return new BatchService(transactions, registry);
  }

  public ReallocationService reallocations() {
    return new ReallocationService(decisions);
  }

  public SlotCorrectionService slotCorrections() {
    return new SlotCorrectionService(decisions);
  }

  public MoveService moves() {
    return new MoveService(decisions);
  }

  public TokenService tokens() {
    return new TokenService(decisions);
  }

  public ServingService serving() {
    return new ServingService(decisions);
  }

  public QueueService queues() {
    return new QueueService(transactions);
  }

  public AuditService audit() {
    return new AuditService(transactions);
  }

  public ReportService reports() {
    return new ReportService(transactions, zone());
  }

  public VerificationService verification() {
    return new VerificationService(transactions);
  }

  public CheckService checks() {
    return new CheckService(transactions, facility);
  }

  public MetricsService metrics() {
    return new MetricsService(transactions, facility);
  }

  /// Verification by another rule than the one that decided: it must find differences.
  VerificationService verification(Decider decider) {
    return new VerificationService(transactions, decider);
  }

  @Override
  public void close() {
    database.close();
  }
}
