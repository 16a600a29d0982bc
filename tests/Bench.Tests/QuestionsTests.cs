using Waybill.Bench.Asking;
using Waybill.Bench.Storing;
using Waybill.Bench.Systems;
using Waybill.TestSupport;

namespace Waybill.Bench.Tests;

/// <summary>Rules out that a question costs more than it may, or more the more is stored. Times are not judged.</summary>
public sealed class QuestionsTests
{
    /// <summary>Of each question: units and calls are the same each time, but for what the status service does besides.</summary>
    private const int Times = 5;

    private static readonly BackendChoice Light = new(IsLight: true);

    [Fact]
    public async Task No_question_among_ten_thousand_costs_more_units_and_calls_than_it_may()
    {
        var result = await AskAsync(StoredSet.Fewest);

        Assert.All(result.Figures, figures => Assert.True(figures.HoldUnitsAndCalls, figures.ToString()));
        Assert.All(result.Figures, figures => Assert.True(figures.Units > 0, figures.ToString()));
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_question_costs_the_same_among_five_times_as_many()
    {
        var few = await AskAsync(StoredSet.Fewest);
        var many = await AskAsync(5 * StoredSet.Fewest);

        Assert.Empty(many.DifferFrom(few));
    }

    private static Task<AskingResult> AskAsync(int count) => AskingRun.RunAsync(count, Times, Light, CancellationToken.None);
}
