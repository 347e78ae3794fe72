package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.RequestId;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.testing.Extent;
import opd.testing.TestFacility;
import opd.verify.Difference;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A batch gives what its lines give one after the other: the same tables, numbers, outcomes and
/// audit entries.
@Order(21)
final class BatchEqualityTest {
  private static final Instant NINE = Instant.parse("2030-01-07T09:00:00Z");
  private static final Actor ACTOR = new Actor("test");
  private static final int LINES = 300;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Extent.of(2, 5));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aBatchEqualsItsLinesOneByOne(long seed) throws SQLException {
    List<BatchLine> lines = lines(seed);
    try (TestFacility batched = TestFacility.borrow(ClockSource.SIMULATION);
        TestFacility single = TestFacility.borrow(ClockSource.SIMULATION)) {
      prepare(batched);
      prepare(single);
      List<String> ofBatch = inBatches(batched, lines, seed);
      List<String> ofSingles = oneByOne(single, lines);
      assertThat(ofBatch).zipSatisfy(ofSingles, (of, one) -> assertThat(of).isEqualTo(one));
      assertThat(tables(batched))
          .zipSatisfy(tables(single), (of, one) -> assertThat(of).isEqualTo(one));
      assertThat(differences(batched)).isEmpty();
      // What was decided is replayed, and nothing changes.
      List<BatchLine> decided =
          IntStream.range(0, lines.size())
              .filter(index -> ofBatch.get(index).contains("["))
              .mapToObj(lines::get)
              .toList();
      List<String> before = tables(batched);
      assertThat(inBatches(batched, decided, seed + 100))
          .isEqualTo(ofBatch.stream().filter(outcome -> outcome.contains("[")).toList());
      assertThat(tables(batched)).isEqualTo(before);
    }
  }

  private static List<Difference> differences(TestFacility facility) {
    try (FacilityServices desk = facility.deskAt(NINE)) {
      return desk.verification()
          .verify(Optional.empty(), Optional.empty(), read -> {})
          .differences();
    }
  }

  private static void prepare(TestFacility facility) {
    try (FacilityServices desk = facility.deskAt(NINE)) {
      DoctorCode rao = new DoctorCode("RAO");
      desk.doctors()
          .add(facility.request(), new Doctor(rao, new PersonName("Dr. Rao"), null, true));
      for (int hour = 0; hour < 4; hour++) {
        desk.slots()
            .open(
                facility.request(),
                new SessionPlan(
                    rao,
                    NINE.plus(Duration.ofHours(hour)),
                    Duration.ofHours(1),
                    2 + hour,
                    Optional.empty()));
      }
      desk.slotChanges()
          .cancel(
              facility.request(),
              new SlotReference.ByLabel(
                  SlotLabel.of(rao, NINE.plus(Duration.ofHours(2)), ZoneOffset.UTC)),
              "ill");
    }
  }

  private static List<BatchLine> lines(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<BatchLine> lines = new ArrayList<>();
    for (int number = 0; number < LINES; number++) {
      int patient = random.nextInt(25);
      boolean named = random.nextInt(5) > 0;
      String name = random.nextInt(20) == 0 ? "Somebody Else" : "Patient " + patient;
      lines.add(
          new BatchLine(
              new RequestId("line-" + number),
              new AllocationRequest(
                  place(random),
                  new PatientKey(new PhoneNumber("+9198765432%02d".formatted(patient)), 1),
                  named ? Optional.of(new PersonName(name)) : Optional.empty(),
                  TokenPriority.values()[random.nextInt(3)],
                  TokenSource.values()[random.nextInt(4)],
                  false,
                  false)));
    }
    return lines;
  }

  private static AllocationRequest.Place place(RandomGenerator random) {
    DoctorCode rao = new DoctorCode("RAO");
    // The fifth does not exist.
    Instant start = NINE.plus(Duration.ofHours(random.nextInt(5)));
    return random.nextInt(6) == 0
        ? new AllocationRequest.Place.WithDoctor(rao)
        : new AllocationRequest.Place.InSlot(
            new SlotReference.ByLabel(SlotLabel.of(rao, start, ZoneOffset.UTC)));
  }

  private static List<String> inBatches(TestFacility facility, List<BatchLine> lines, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<String> results = new ArrayList<>();
    try (FacilityServices desk = facility.deskAt(NINE);
        FacilityServices other = facility.deskAt(NINE)) {
      BatchService batches = desk.batches();
      for (int from = 0; from < lines.size(); ) {
        int to = Math.min(lines.size(), from + 1 + random.nextInt(40));
        List<BatchLine> part = lines.subList(from, to);
        // What another desk does in between is not what the batches remember of the slots.
        results.addAll(random.nextInt(4) == 0 ? oneByOne(other, part) : decided(batches, part));
        from = to;
      }
    }
    return results;
  }

  private static List<String> decided(BatchService batches, List<BatchLine> part) {
    return batches.decide(ACTOR, part).stream()
        .map(result ->
            switch (result) {
              case BatchResult.Failed(OpdException error) -> error.code().name();
              case BatchResult.Decided(var answer) -> withoutIds(answer.outcome().toString());
            })
        .toList();
  }

  private static List<String> oneByOne(TestFacility facility, List<BatchLine> lines) {
    try (FacilityServices desk = facility.deskAt(NINE)) {
      return oneByOne(desk, lines);
    }
  }

  private static List<String> oneByOne(FacilityServices desk, List<BatchLine> lines) {
    List<String> results = new ArrayList<>();
    for (BatchLine line : lines) {
      try {
        var answer = desk.allocations().allocate(new Request(ACTOR, line.id()), line.request());
        results.add(withoutIds(answer.outcome().toString()));
      } catch (OpdException e) {
        results.add(e.code().name());
      }
    }
    return results;
  }

  private static String withoutIds(String text) {
    return text.replaceAll("(id|patientId|\"id\")([=:])\\d+", "$1$2#");
  }

  private static List<String> tables(TestFacility facility) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = facility.connectAsDesk();
        var statement = connection.createStatement()) {
      for (String query :
          List.of(
              "select label, active, displaced, last_sequence from slot"
                  + " join slot_count on slot_id = id order by label",
              "select phone, name, member from patient order by phone",
              "select s.label, t.sequence_number, p.phone, t.priority, t.source, t.status, t.version,"
                  + " t.created_at from token t join slot s on s.id = t.slot_id"
                  + " join patient p on p.id = t.patient_id order by 1, 2",
              "select chain, number, kind, actor, request_id, rule, facts::text, at from audit_entry"
                  + " where slot_id is not null order by chain, number",
              "select p.phone, a.number, a.kind, a.request_id from audit_entry a"
                  + " join patient p on p.id = a.patient_id and a.slot_id is null order by 1, 2",
              "select id, digest, kind, outcome::text from request where kind <> 'FACILITY_SAVED' order by id")) {
        try (var result = statement.executeQuery(query)) {
          while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
              row.append(result.getString(column)).append('|');
            }
            rows.add(withoutIds(row.toString()));
          }
        }
      }
    }
    return rows;
  }
}
