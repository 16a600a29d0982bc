namespace Waybill.IntakeService.Submissions.Fields;

/// <summary><c>idempotencyKey</c>: what the header is to a single notification, for one entry of a batch.</summary>
internal static class IdempotencyKeyField
{
    public const string Name = "idempotencyKey";

    private static readonly string Allowed = $"a text of 1 to {IdempotencyKey.MaxLength} visible ASCII characters without spaces";

    public static string? Read(FieldReader fields)
    {
        var key = fields.Text(Name, Allowed);

        if (key is null || IdempotencyKey.IsAllowed(key))
        {
            return key;
        }

        fields.Errors.Add(Name, $"must be {Allowed}.");
        return null;
    }
}
