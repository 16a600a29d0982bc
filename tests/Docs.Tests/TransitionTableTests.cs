using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Transitions;

namespace Waybill.Docs.Tests;

/// <summary>Rules out a state machine that is documented otherwise than it is written.</summary>
public sealed class TransitionTableTests
{
    [Fact]
    public void The_document_prints_the_transition_table_as_it_is_in_the_code()
    {
        var printed = new MarkdownFile("docs/architecture.md")
            .Table("transition", "asked by", "from", "to", "fence", "writes")
            .Select(cells => string.Join(" | ", cells));

        Assert.Equal(TransitionTable.All.Select(Print), printed);
    }

    [Fact]
    public void The_document_prints_the_table_of_endpoints_as_it_is_in_the_code()
    {
        var printed = new MarkdownFile("docs/architecture.md").Table("change", "from", "to", "writes").Select(cells => string.Join(" | ", cells));

        Assert.Equal(EndpointTransitionTable.All.Select(Print), printed);
    }

    private static string Print(EndpointTransition row) => string.Join(
        " | ",
        row.Name,
        row.From.Count == 0 ? "(absent)" : string.Join(", ", row.From),
        row.To?.Text() ?? "as before",
        string.Join(", ", row.Writes));

    private static string Print(Transition row) => string.Join(
        " | ",
        row.Name,
        string.Join(", ", row.AskedBy),
        string.Join(", ", row.From),
        row.To?.Text() ?? "as before",
        row.Fence,
        string.Join(", ", row.Writes));
}
