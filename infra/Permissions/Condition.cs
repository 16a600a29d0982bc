namespace Waybill.Infra.Permissions;

/// <summary>Conditions in the shape that statements take.</summary>
internal static class Condition
{
    public static Dictionary<string, object> Equal(string key, string value) => Of("StringEquals", key, value);

    public static Dictionary<string, object> NotOverTls => Of("Bool", "aws:SecureTransport", "false");

    public static Dictionary<string, object> NotOneOf(params string[] principals) => Of("ArnNotEquals", "aws:PrincipalArn", principals);

    public static Dictionary<string, object> Of(string test, string key, object value) => new()
    {
        [test] = new Dictionary<string, object> { [key] = value },
    };
}
