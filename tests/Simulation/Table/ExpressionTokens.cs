using System.Text.RegularExpressions;

namespace Waybill.Simulation.Table;

/// <summary>Cuts an expression into names, values, operators and brackets, and hands them out one by one.</summary>
internal sealed partial class ExpressionTokens
{
    private readonly List<string> _tokens = [];
    private int _next;

    public ExpressionTokens(string text)
    {
        var position = 0;

        foreach (var match in Token().EnumerateMatches(text))
        {
            if (!string.IsNullOrWhiteSpace(text[position..match.Index]))
            {
                throw TableErrors.Validation($"Invalid expression: syntax error in '{text}' at {position}.");
            }

            _tokens.Add(text.Substring(match.Index, match.Length));
            position = match.Index + match.Length;
        }
    }

    public string? Peek => _next < _tokens.Count ? _tokens[_next] : null;

    public bool IsWord(string word) => string.Equals(Peek, word, StringComparison.OrdinalIgnoreCase);

    public string Take() => _next < _tokens.Count ? _tokens[_next++] : throw TableErrors.Validation("Invalid expression: it ends too early.");

    public bool TakeIf(string word)
    {
        if (!IsWord(word))
        {
            return false;
        }

        _next++;
        return true;
    }

    public void Expect(string word)
    {
        if (!TakeIf(word))
        {
            throw TableErrors.Validation($"Invalid expression: '{word}' expected, '{Peek}' found.");
        }
    }

    [GeneratedRegex(@"[#:]?\w+|<>|<=|>=|[=<>(),+-]")]
    private static partial Regex Token();
}
