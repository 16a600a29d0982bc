using System.Reflection;
using System.Text.RegularExpressions;
using Waybill.DeliveryWorker.Delivery;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.Docs.Tests;

/// <summary>Rules out error names that are in the code and not in docs/errors.md, and the reverse.</summary>
public sealed partial class ErrorTests
{
    private static readonly MarkdownFile Document = new("docs/errors.md");

    [Fact]
    public void Every_problem_name_in_the_code_is_in_the_document_and_no_other()
    {
        var documented = Document.Table("name", "status", "meaning", "what to do").Select(cells => cells[0].Trim('`'));

        Assert.Equal(ProblemNames().Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_code_of_an_attempt_is_in_the_document_with_its_category_and_whether_it_is_retried()
    {
        var documented = Document.Table("code", "category", "retried", "meaning").Select(cells => string.Join(' ', cells[..3]));
        var inCode = FailureKind.All.Select(kind => kind.Classification).Select(Print);

        Assert.Equal(inCode, documented);
    }

    [Fact]
    public void Every_kind_of_failure_is_a_row_of_the_table_with_a_code_of_its_own()
    {
        var declared = typeof(FailureKind).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.GetValue(null));

        Assert.Equal(declared, FailureKind.All);
        Assert.Equal(FailureKind.All.Count, FailureKind.All.Select(kind => kind.Classification.ErrorCode).Distinct().Count());
    }

    [Fact]
    public void Every_code_of_an_end_without_an_attempt_is_in_the_document_and_no_other()
    {
        var documented = Document.Table("code", "category", "meaning").Select(cells => cells[0].Trim('`'));

        Assert.Equal(Constants(typeof(EndCodes)).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_status_code_is_classified_as_the_document_says()
    {
        var documented = Document.Table("status code", "category", "retried").SelectMany(ByStatusCode).OrderBy(row => row.Code);
        var inCode = Enumerable.Range(200, 400).Select(code => (code, Classification.Of(code))).Select(pair => (pair.code, Print(pair.Item2.Category, pair.Item2.RetryEligible)));

        Assert.Equal(inCode, documented);
    }

    private static string Print(Classification classification) =>
        $"`{classification.ErrorCode}` {Print(classification.Category, classification.RetryEligible)}";

    private static string Print(DeliveryCategory category, bool retried) => $"{category.Text()} {(retried ? "yes" : "no")}";

    /// <summary>A row such as "500–599 but 501, 505" is one entry for each status code.</summary>
    private static IEnumerable<(int Code, string Text)> ByStatusCode(string[] cells)
    {
        var parts = cells[0].Split(" but ");
        var without = parts.Skip(1).SelectMany(Codes).ToHashSet();

        return Codes(parts[0]).Where(code => !without.Contains(code)).Select(code => (code, $"{cells[1]} {cells[2]}"));
    }

    private static IEnumerable<int> Codes(string list) => list.Split(", ").SelectMany(part =>
    {
        var ends = part.Split('–').Select(int.Parse).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);

    /// <summary>The names that the sources of the services give to problems.</summary>
    private static IEnumerable<string> ProblemNames() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => ProblemName().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups.Values.Skip(1).Single(group => group.Success).Value)
            .Distinct();

    /// <summary>Creating a problem with its name, naming the framework's own by status, and a default name.</summary>
    [GeneratedRegex("""
        (?:Create|Validation)\([^"]*?StatusCodes\.\w+,\s*"([a-z-]+)" |
        Create\(bad\.StatusCode,\s*"([a-z-]+)" |
        Unavailable\(\s*"([a-z-]+)" |
        \[StatusCodes\.\w+\]\s=\s"([a-z-]+)" |
        string\sname\s=\s"([a-z-]+)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ProblemName();
}
