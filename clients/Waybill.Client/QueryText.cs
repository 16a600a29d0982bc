namespace Waybill.Client;

/// <summary>The parameters of a query, as they follow its question mark.</summary>
internal static class QueryText
{
    /// <param name="parameters">What is null is left out.</param>
    /// <returns>Empty for none.</returns>
    public static string Of(params IEnumerable<(string Name, string? Value)> parameters) =>
        string.Join('&', parameters.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));
}
