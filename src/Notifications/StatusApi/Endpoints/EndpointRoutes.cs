namespace Waybill.Notifications.StatusApi.Endpoints;

/// <summary>Paths of the internal API for endpoints; which one is in the body.</summary>
public static class EndpointRoutes
{
    public const string All = StatusRoutes.Prefix + "/endpoints";
    public const string Get = "/get";
    public const string Create = "/create";
    public const string Change = "/change";
    public const string RotateSecret = "/rotate-secret";
    public const string Pause = "/pause";
    public const string Resume = "/resume";
    public const string Enable = "/enable";
    public const string Disable = "/disable";
    public const string Delete = "/delete";
}
