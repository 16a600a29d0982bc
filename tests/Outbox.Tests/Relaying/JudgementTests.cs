using System.Net;
using Waybill.Client;
using Waybill.Client.EntityFrameworkCore.Relay;

namespace Waybill.Outbox.Tests.Relaying;

/// <summary>Rules out that a row is given up for what passes, or tried for ever for what does not.</summary>
public sealed class JudgementTests
{
    [Theory]
    [InlineData(400, true)]
    [InlineData(413, true)]
    [InlineData(422, true)]
    [InlineData(408, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    [InlineData(null, false)]
    public void An_entry_is_refused_for_good_by_4xx_but_408_and_429(int? status, bool isForGood)
    {
        var outcome = Judgement.Of(id: null, Problem(status));

        Assert.Equal(isForGood, outcome is RowOutcome.Refused);
        Assert.Equal(!isForGood, outcome is RowOutcome.Postponed);
    }

    [Fact]
    public void An_entry_without_an_answer_is_sent_again() => Assert.IsType<RowOutcome.Postponed>(Judgement.Of(id: null, problem: null));

    [Fact]
    public void A_batch_of_which_nothing_is_taken_counts_as_one_failure()
    {
        RowOutcome postponed = new RowOutcome.Postponed(Problem(503));
        RowOutcome accepted = new RowOutcome.Accepted("ntf_1");

        Assert.IsType<BatchAnswer.Failed>(Judgement.AsAWhole(new BatchAnswer.Judged([postponed, postponed])));
        Assert.IsType<BatchAnswer.Judged>(Judgement.AsAWhole(new BatchAnswer.Judged([postponed, accepted])));
        Assert.IsType<BatchAnswer.Judged>(Judgement.AsAWhole(new BatchAnswer.Judged([postponed])));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, 1, false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 1, false)]
    [InlineData(HttpStatusCode.BadRequest, 2, false)]
    [InlineData(HttpStatusCode.BadRequest, 1, true)]
    [InlineData(HttpStatusCode.InternalServerError, 1, true)]
    public void A_row_answers_for_its_batch_only_where_it_was_alone(HttpStatusCode status, int rows, bool isJudged)
    {
        var answer = Judgement.Of(new WaybillProblemException(status, Problem((int)status), retryAfter: null), rows);

        Assert.Equal(isJudged, answer is BatchAnswer.Judged);
    }

    private static WaybillProblem Problem(int? status) => new() { Type = "urn:waybill:problem:some", Status = status };
}
