package opd.verify;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import opd.verify.Rows.DoctorRow;
import opd.verify.Rows.FacilityRow;
import opd.verify.Rows.PatientRow;
import opd.verify.Rows.SlotRow;
import opd.verify.Rows.TokenRow;
import org.jspecify.annotations.Nullable;

/// Runs a log again and compares it with the tables. The entries come ordered by chain, byte by
/// byte, and number; one chain is held in memory at a time.
public final class Verification {
  private final Decider decider;
  private final Tables tables;
  private final Consumer<Difference> consumer;
  private final Consumer<Seal.Head> heads;
  private final RowStream<FacilityRow> facility;
  private final RowStream<DoctorRow> doctors;
  private final RowStream<PatientRow> patients;
  private final RowStream<SlotRow> slots;
  private final RowStream<TokenRow> tokens;
  private List<FacilityRow> facilityRows = List.of();
  private List<DoctorRow> doctorRows = List.of();
  private List<PatientRow> patientRows = List.of();
  private List<SlotRow> slotRows = List.of();
  private List<TokenRow> tokenRows = List.of();
  private @Nullable ChainCheck open;
  private long entries;
  private long chains;
  private long decisions;

  /// How much was looked at.
  ///
  /// @param decisions the entries that were decided again and compared
  public record Counts(long entries, long chains, long decisions) {}

  /// @param consumer of the differences, as they are found
  /// @param heads told of each chain's last entry, in the chains' order
  public Verification(
      Decider decider, Tables tables, Consumer<Difference> consumer, Consumer<Seal.Head> heads) {
    this.decider = decider;
    this.tables = tables;
    this.consumer = consumer;
    this.heads = heads;
    this.facility = new RowStream<>(tables.facility());
    this.doctors = new RowStream<>(tables.doctors());
    this.patients = new RowStream<>(tables.patients());
    this.slots = new RowStream<>(tables.slots());
    this.tokens = new RowStream<>(tables.tokens());
  }

  public void accept(LoggedEntry entry) {
    ChainCheck check = open;
    if (check == null || !check.chain().equals(entry.chain())) {
      close();
      check = begin(entry.chain());
      open = check;
    }
    entries++;
    if (check.accept(entry)) {
      decisions++;
    }
  }

  /// To be called after the last entry.
  public Counts end() {
    close();
    Consumer<Rows> withoutEntries = row -> RowDifferences.withoutEntries(row, consumer);
    facility.rest(withoutEntries);
    doctors.rest(withoutEntries);
    patients.rest(withoutEntries);
    slots.rest(withoutEntries);
    tokens.rest(withoutEntries);
    return new Counts(entries, chains, decisions);
  }

  private ChainCheck begin(String chain) {
    chains++;
    Consumer<Rows> withoutEntries = row -> RowDifferences.withoutEntries(row, consumer);
    facilityRows = facility.of(chain, withoutEntries);
    doctorRows = doctors.of(chain, withoutEntries);
    patientRows = patients.of(chain, withoutEntries);
    slotRows = slots.of(chain, withoutEntries);
    tokenRows = tokens.of(chain, withoutEntries);
    return new ChainCheck(chain, replay(chain), presumption(), consumer);
  }

  private ChainReplay replay(String chain) {
    if (chain.startsWith("slot/")) {
      return new SlotReplay(decider, tables);
    }
    if (chain.equals(Rows.FACILITY)) {
      return new FacilityReplay();
    }
    return chain.startsWith("doctor/") ? new DoctorReplay() : new PatientReplay();
  }

  private Presumption presumption() {
    return new Presumption(
        facilityRows.stream().findFirst(),
        doctorRows.stream().findFirst(),
        patientRows.stream().findFirst(),
        slotRows.stream().findFirst(),
        tokenRows.stream()
            .collect(Collectors.toUnmodifiableMap(row -> row.token().id(), row -> row)));
  }

  private void close() {
    ChainCheck check = open;
    if (check == null) {
      return;
    }
    check
        .last()
        .ifPresent(last -> heads.accept(new Seal.Head(last.chain(), last.number(), last.hash())));
    if (!check.isBroken()) {
      compare(check);
    }
  }

  private void compare(ChainCheck check) {
    switch (check.replay()) {
      case FacilityReplay replay ->
          only(check, facilityRows, FacilityRow::version)
              .ifPresent(row -> replay.compare(row, new RowDifferences(row, consumer)));
      case DoctorReplay doctor ->
          only(check, doctorRows, DoctorRow::version)
              .ifPresent(row -> doctor.compare(row, new RowDifferences(row, consumer)));
      case PatientReplay patient ->
          only(check, patientRows, PatientRow::version)
              .ifPresent(row -> patient.compare(row, new RowDifferences(row, consumer)));
      case SlotReplay slot -> compare(check, slot);
    }
  }

  private void compare(ChainCheck check, SlotReplay slot) {
    slot.announced()
        .ifPresent(announced -> {
          long number = check.last().map(LoggedEntry::number).orElse(0L) + 1;
          consumer.accept(Difference.missing(check.chain(), number, announced));
        });
    slot.rebuilt()
        .ifPresent(rebuilt ->
            new SlotComparison(rebuilt, check.subjectVersion(), check.chain(), consumer)
                .compare(slotRows.stream().findFirst(), tokenRows));
  }

  private <R extends Rows> Optional<R> only(
      ChainCheck check, List<R> rows, ToIntFunction<R> version) {
    if (rows.isEmpty()) {
      String row = check.chain().replace('/', ' ');
      consumer.accept(
          Difference.inRow(check.chain(), row, "row", "a row, as the log tells of it", null));
    }
    rows.stream()
        .findFirst()
        .ifPresent(row ->
            new RowDifferences(row, consumer)
                .check("version", check.subjectVersion(), version.applyAsInt(row)));
    return rows.stream().findFirst();
  }
}
