using System.Globalization;
using System.Text;

namespace Waybill.Client;

/// <summary>A problem answer (RFC 9457). <c>docs/errors.md</c> lists the types.</summary>
public sealed record WaybillProblem
{
    public const string TypePrefix = "urn:waybill:problem:";

    /// <summary>Stable; programs decide by it.</summary>
    public required string Type { get; init; }

    /// <summary>For people.</summary>
    public string? Title { get; init; }

    public string? Detail { get; init; }

    /// <summary>HTTP status code.</summary>
    public int? Status { get; init; }

    public string? TraceId { get; init; }

    /// <summary>What it is about, where that has an id. Of a 503: it is not known whether that was stored or changed.</summary>
    public string? Id { get; init; }

    /// <summary>Each field that is wrong, with what is allowed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>The type without its prefix, such as <c>validation</c>.</summary>
    public string Name => Type.StartsWith(TypePrefix, StringComparison.Ordinal) ? Type[TypePrefix.Length..] : Type;

    /// <summary>All of it for people: the title, then a line for each field.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Title ?? Name);

        if (Detail is not null)
        {
            text.Append(' ').Append(Detail);
        }

        foreach (var (field, messages) in Errors ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            foreach (var message in messages)
            {
                text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {field} {message}");
            }
        }

        return text.ToString();
    }
}
