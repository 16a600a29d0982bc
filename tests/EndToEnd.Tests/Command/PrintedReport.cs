using System.Text.RegularExpressions;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>What the command prints once it is ready, and nothing before, between or after: no line of any log. A busy machine may take its time.</summary>
internal static partial class PrintedReport
{
    /// <returns>The id of the first notification.</returns>
    public static string Check(string printed)
    {
        var report = Whole().Match(printed);

        Assert.True(report.Success, $"The report and nothing else was expected, but this was printed:{Environment.NewLine}{printed}");
        return report.Groups["id"].Value;
    }

    [GeneratedRegex("""
        \A\s*
        (Waybill[ ]is[ ]not[ ]ready[ ]after[ ][0-9]+[ ]s\.[ ]It[ ]waits:\n([ ]{2}[^\n]+\n)*\s*)*
        Waybill[ ]is[ ]ready[ ]after[ ][0-9.]+[ ]s\.[ ]A[ ]first[ ]notification,[ ](?<id>ntf_[0-9a-z]{26}),[ ]ended[ ]SUCCESS\.\n
        \n
        ([ ]{2}[A-Z][A-Za-z ]+[ ]{2,}\S[^\n]*\n){7}
        \n
        Send[ ]one,[ ]and[ ]follow[ ]its[ ]statusUrl:\n
        \n
        [ ]{2}curl[ ][^\n]+\\\n
        [ ]+-H[ ][^\n]+\n
        \n
        Ctrl\+C[ ]ends[ ]everything\.
        \s*\z
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Whole();
}
