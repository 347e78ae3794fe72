package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionsTest {
  private static final List<String> KNOWN =
      List.of("allocate", "arrive", "call", "cancel", "park", "queue", "reallocate", "return");

  @Test
  void aWordThatIsBegunOrASlipAwayIsSuggested() {
    assertThat(Suggestions.near("alloc", KNOWN)).containsExactly("allocate");
    assertThat(Suggestions.near("re", KNOWN)).containsExactly("reallocate", "return");
    assertThat(Suggestions.near("qeue", KNOWN)).containsExactly("queue");
    assertThat(Suggestions.near("--ph", List.of("--phone", "--priority")))
        .containsExactly("--phone");
  }

  @Test
  void whatIsFarFromAllIsNot() {
    assertThat(Suggestions.near("clear", KNOWN)).isEmpty();
    assertThat(Suggestions.near("a", KNOWN)).isEmpty();
    assertThat(Suggestions.near("--", List.of("--phone", "--name"))).isEmpty();
  }

  @Test
  void norIsWhatTakesSomethingAway() {
    assertThat(Suggestions.near("cancle", KNOWN)).isEmpty();
    assertThat(Suggestions.near("canc", KNOWN)).isEmpty();
  }
}
