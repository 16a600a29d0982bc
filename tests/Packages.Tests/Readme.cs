using System.Text.RegularExpressions;

namespace Waybill.Packages.Tests;

/// <summary>The C# of a README.</summary>
internal static partial class Readme
{
    public static IReadOnlyList<string> Blocks(string text) => [.. Block().Matches(text.ReplaceLineEndings("\n")).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
