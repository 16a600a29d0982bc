using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Waybill.StatusService.Store.Changes;

/// <summary>
/// An expression with the placeholders it holds, which are looked for once: a transition's expressions differ only by which of its
/// fields are there, so there are some dozens in all.
/// </summary>
internal sealed partial class ExpressionText
{
    private static readonly ConcurrentDictionary<string, ExpressionText> Known = new(StringComparer.Ordinal);

    private ExpressionText(string text)
    {
        Text = text;
        Names = Placeholders(NamePattern().Matches(text));
        Values = Placeholders(ValuePattern().Matches(text));
    }

    public string Text { get; }

    /// <summary>Those written <c>#name</c>.</summary>
    public IReadOnlyList<Placeholder> Names { get; }

    /// <summary>Those written <c>:name</c>.</summary>
    public IReadOnlyList<Placeholder> Values { get; }

    /// <param name="text">Never with a value of a notification in it: what is seen once is kept.</param>
    public static ExpressionText Of(string text) => Known.GetOrAdd(text, static expression => new ExpressionText(expression));

    private static Placeholder[] Placeholders(MatchCollection matches) =>
        [.. matches.Select(match => match.Value).Distinct().Select(inText => new Placeholder(inText, inText[1..]))];

    [GeneratedRegex(@"#\w+")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@":\w+")]
    private static partial Regex ValuePattern();
}

/// <param name="InText">With its mark.</param>
internal readonly record struct Placeholder(string InText, string Name);
