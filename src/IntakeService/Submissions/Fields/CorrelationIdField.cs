namespace Waybill.IntakeService.Submissions.Fields;

/// <summary><c>correlationId</c>: the client's own name for what the notification belongs to.</summary>
internal static class CorrelationIdField
{
    public const string Name = "correlationId";

    /// <summary>Unicode code points, as JSON Schema counts.</summary>
    public const int MaxLength = 128;

    private static readonly string Allowed = $"a text of 1 to {MaxLength} characters, without control characters";

    public static string? Read(FieldReader fields)
    {
        var text = fields.Text(Name, Allowed);
        var isAllowed = text is null || (text.CodePoints() is > 0 and <= MaxLength && !text.Any(char.IsControl));

        if (!isAllowed)
        {
            fields.Errors.Add(Name, $"must be {Allowed}.");
        }

        return text;
    }
}
