namespace Waybill.IntakeService.Submissions.Fields;

/// <summary><c>method</c>, in upper case as HTTP has it.</summary>
internal static class MethodField
{
    public const string Name = "method";
    public const string Default = "POST";
    public const string Get = "GET";

    public static readonly IReadOnlyList<string> Methods = [Default, "PUT", "PATCH", "DELETE", Get];

    private static readonly string Allowed = $"one of {string.Join(", ", Methods)}";

    public static string Read(FieldReader fields)
    {
        var method = fields.Text(Name, Allowed);

        if (method is null || Methods.Contains(method))
        {
            return method ?? Default;
        }

        fields.Errors.Add(Name, $"must be {Allowed}.");
        return Default;
    }
}
