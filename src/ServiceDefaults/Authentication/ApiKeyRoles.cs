namespace Waybill.ServiceDefaults.Authentication;

public static class ApiKeyRoles
{
    /// <summary>Sees and steers what its owner posted.</summary>
    public const string Client = "client";

    /// <summary>Sees and steers everything; posts in its owner's name.</summary>
    public const string Operator = "operator";

    /// <summary>For calls between the services only.</summary>
    public const string Internal = "internal";
}
