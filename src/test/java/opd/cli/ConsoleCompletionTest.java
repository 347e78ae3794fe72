package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import opd.cli.console.Completions;
import opd.cli.console.ConsoleReferences;
import opd.cli.console.DeskValues;
import opd.cli.console.Grammar;
import opd.cli.console.HistoryFilter;
import opd.cli.console.Suggestion;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.GlobalOptions;
import opd.cli.session.Surroundings;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.SlotLabel;
import opd.output.StandardOutput;
import opd.service.FacilityServices;
import opd.store.connection.FacilityConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Tab offers, with the commands as they are and a real facility.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsoleCompletionTest {
  private final CommandLineFixture line = new CommandLineFixture();
  private final ConsoleReferences references = new ConsoleReferences();
  private final FacilityServices desk = line.facility().desk();
  private final String slot = slotSoon();

  /// Among those of today, whatever the time is.
  private String slotSoon() {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(15, ChronoUnit.MINUTES);
    line.script(
        """
        doctor add RAO --name 'Dr. Anand Rao'
        doctor add IYER --name 'Dr. Iyer'
        slot open --doctor RAO --start %s --minutes 60 --capacity 2
        """
            .formatted(start));
    return line.json("slot", "list", "--all").json().path("label").asText();
  }

  @BeforeAll
  void twoPatients() {
    String allocate = "allocate --slot " + slot + " --source app --priority ";
    var result =
        line.script(
            allocate
                + "paid --phone 9876543210 --name 'Asha Menon'\n"
                + allocate
                + "follow-up --phone 9876543211 --name 'Bala Iyer'\n"
                + allocate
                + "emergency --phone 9988776655 --name 'Chitra Das'\n");
    assertThat(result.exit()).as(result.err()).isZero();
  }

  @AfterAll
  void close() {
    desk.close();
    line.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rea                                    | reallocate
          pat                                    | patient
          slot op                                | open
          queue; slo                             | slot
          opd com                                | complete
          a --or                                 | --or-next
          allocate --priority e                  | emergency
          allocate --source walk                 | walk-in
          allocate --source=walk_                | --source=walk-in
          queue --date tom                       | tomorrow
          queue --out                            | --output
          queue -o js                            | json
          allocate --doctor r                    | RAO
          doctor show ananD                      | RAO
          doctor show 'Dr. I                     | IYER
          allocate --phone 98765 --doctor iy     | IYER
          audit --kind token-dis                 | token-displaced
          allocate --phone 99                    | +919988776655
          allocate --phone +9199                 | +919988776655
          allocate --phone chit                  | +919988776655
          patient show 099887                    | +919988776655
          """)
  void tabFindsTheOneThatIsMeant(String typed, String expected) {
    assertThat(words(typed)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          queue # re
          allocate --name A
          allocate --phone 9
          nonsense
          cancel 12
          """)
  void tabOffersNothingWhereNothingCanBeMeant(String typed) {
    assertThat(words(typed)).isEmpty();
  }

  @Test
  void slotsShowTheirFreePlacesAndAreFoundByTheirShortLabelToo() {
    String shortLabel = "rao-" + slot.substring(slot.lastIndexOf('-') + 1);

    assertThat(at("use " + shortLabel))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.word()).isEqualTo(slot);
          assertThat(found.description()).endsWith("0 of 2 free");
        });
  }

  @Test
  void tokensAreOfferedWithThePatientOnceTheSlotIsKnown() {
    assertThat(at("cancel ra"))
        .containsExactly(new Suggestion(slot + "-", at("use ra").getFirst().description(), false));
    List<Suggestion> expected =
        List.of(
            new Suggestion(slot + "-01", "Asha Menon, paid", true),
            new Suggestion(slot + "-02", "Bala Iyer, follow-up, displaced", true),
            new Suggestion(slot + "-03", "Chitra Das, emergency", true));
    assertThat(at("cancel " + slot + "-")).containsExactlyElementsOf(expected);
    assertThat(at("cancel " + slot + "-02")).containsExactly(expected.get(1));

    ConsoleReferences atSlot = new ConsoleReferences();
    atSlot.choose(SlotLabel.parse(slot).orElseThrow());
    Completions chosen =
        new Completions(
            ConsoleCompletionTest::grammar,
            new DeskValues(() -> desk, ConsoleCompletionTest::inputs),
            () -> atSlot);
    assertThat(chosen.at("cancel ")).containsAll(expected);
  }

  @Test
  void optionsThatWereGivenAreNotOfferedAgain() {
    assertThat(words("allocate --slot X --")).contains("--phone", "--db").doesNotContain("--slot");
    assertThat(words("allocate ")).contains("--slot").doesNotContain("--db");
  }

  @Test
  void withoutADatabaseTheRestIsStillOffered() {
    Completions alone =
        new Completions(
            ConsoleCompletionTest::grammar,
            new DeskValues(
                () -> {
                  throw new OpdException(ErrorCode.DATABASE_UNAVAILABLE, "gone");
                },
                ConsoleCompletionTest::inputs),
            ConsoleReferences::new);

    assertThat(alone.at("allocate --slot ")).isEmpty();
    assertThat(alone.at("allocate --priority p")).extracting(Suggestion::word).contains("paid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a --slot RAO-0900 --phone 9876543210 --name 'Asha Menon' --priority paid | allocate --slot RAO-0900 --priority paid
          a --phone=9876543210 --source=app --or-next                              | allocate --source app --or-next
          patient find Asha; queue RAO-0900                                        | patient find; queue RAO-0900
          patient show 9876543210                                                  | patient show
          cancel 9876543210                                                        | cancel
          cancel RAO-20261122-0900-07 --reason 'Asha is ill'                       | cancel RAO-20261122-0900-07
          queue asha                                                               | queue
          ns #3                                                                    | no-show #3
          alocate --name Asha                                                      | ''
          asha                                                                     | ''
          """)
  void aHistoryWithoutPeopleKeepsNeitherNamesNorNumbers(String typed, String kept) {
    assertThat(new HistoryFilter(grammar()).withoutPeople(typed).orElse("")).isEqualTo(kept);
  }

  private List<String> words(String typed) {
    return at(typed).stream().map(Suggestion::word).toList();
  }

  private List<Suggestion> at(String typed) {
    return new Completions(
            ConsoleCompletionTest::grammar,
            new DeskValues(() -> desk, ConsoleCompletionTest::inputs),
            () -> references)
        .at(typed);
  }

  private static Inputs inputs(FacilityServices at) {
    return new Inputs(at.now(), at.today(), at.zone(), ZoneOffset.UTC);
  }

  private static Grammar grammar() {
    Surroundings none =
        new Surroundings(
            Map.of(),
            null,
            new StandardOutput(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter()),
            false,
            0,
            0);
    ConsoleState consoleState =
        ConsoleState.ofConsole(new GlobalOptions(), FacilityConnection.SILENT);
    return ConsoleGrammar.of(new CommandContext(none, consoleState));
  }
}
