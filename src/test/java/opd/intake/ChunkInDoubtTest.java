package opd.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.junit.jupiter.api.Test;

final class ChunkInDoubtTest {

  @Test
  void whoDoesNotKnowWhatBecameOfAChunkGivesTheListAgain() {
    OpdException unknown =
        new OpdException(ErrorCode.OUTCOME_UNKNOWN, "it broke", "repeat it with --request-id");
    OpdException told =
        catchThrowableOfType(
            OpdException.class, () -> ChunkInDoubt.decided(() -> failing(unknown)));
    assertThat(told.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(told).hasMessage("it broke").hasCause(unknown);
    assertThat(told.hint()).isEqualTo(ChunkInDoubt.HINT).doesNotContain("--request-id");
  }

  @Test
  void anyOtherErrorKeepsItsHint() {
    OpdException busy = new OpdException(ErrorCode.DATABASE_BUSY, "it waits", "try again");
    assertThatThrownBy(() -> ChunkInDoubt.decided(() -> failing(busy))).isSameAs(busy);
  }

  @Test
  void whatIsKnownIsGiven() {
    assertThat(ChunkInDoubt.<String>decided(() -> "done")).isEqualTo("done");
  }

  private static String failing(OpdException error) {
    throw error;
  }
}
