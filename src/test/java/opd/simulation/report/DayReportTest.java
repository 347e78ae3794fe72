package opd.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import opd.simulation.day.DayResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(25)
final class DayReportTest {
  private static final int MOST_CHARACTERS = 400_000;
  private static DayResult day;
  private static String page;

  @BeforeAll
  static void play() {
    day = SampleDay.play();
    page = SampleDay.page(day);
  }

  @Test
  void theSameDayGivesTheSamePage() {
    assertThat(SampleDay.page(SampleDay.play())).isEqualTo(page);
  }

  @Test
  void thePageTellsEveryFigureCheckAndLoss() {
    assertThat(day.ok()).isTrue();
    assertThat(page).contains("All " + day.passedChecks() + " checks passed", day.digest());
    day.generated()
        .doctors()
        .forEach(doctor -> assertThat(page).contains("<article id=\"" + doctor.code() + "\">"));
    int displaced = day.generated().total().displaced();
    assertThat(displaced).isPositive();
    assertThat(all("<tr id=\"([A-Z0-9]+-[0-9]+)\">", page)).hasSize(displaced);
  }

  @Test
  void everyLinkLeadsSomewhereWithinThePageAndEveryIdIsUnique() {
    List<String> ids = all(" id=\"([^\"]+)\"", page);
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(all(" href=\"([^\"]*)\"", page))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(ids).contains(link.substring(1)));
  }

  @Test
  void thePageAsksForNothing() {
    assertThat(all("((?:src|srcset|action|data|poster)=\"[^\"]*\"|@import[^;]*|url\\([^)]*)", page))
        .allSatisfy(reference ->
            assertThat(reference).matches("url\\((#[a-z]+|\"data:image/svg\\+xml,.*)"));
    assertThat(page.length()).isLessThan(MOST_CHARACTERS);
  }

  @Test
  void theLicencesOfWhatIsInlinedGoWithIt() {
    assertThat(all("(Permission is hereby granted)", page)).hasSize(2);
    assertThat(page).contains("Jason Miller", "Pico");
  }

  @Test
  void noTextBreaksOutOfItsPlace() {
    String whole = SampleDay.page(HostileDay.result());
    // Within an attribute only a quotation mark could do harm.
    String hostile = whole.replaceAll("=\"[^\"]*\"", "");
    assertThat(hostile)
        .doesNotContain("<img")
        .contains("&lt;img src=x onerror", "1 of 1 checks failed");
    assertThat(all("(</script>)", hostile)).hasSize(3);
    assertThat(all("(<!--)", hostile)).isEmpty();
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(DayReportTest::first).toList();
  }

  private static String first(MatchResult match) {
    return match.group(1);
  }
}
