namespace Waybill.StatusService.Store.Table;

/// <summary>Codes of errors that are about who calls, or about when that is: they are of every call, nothing was done, and they pass.</summary>
internal static class CallerErrors
{
    /// <summary>The credentials have ended, are unknown or may not: others may be taken.</summary>
    public static readonly IReadOnlySet<string> OfCredentials = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException",
        "SignatureDoesNotMatch", "IncompleteSignatureException", "IncompleteSignature", "MissingAuthenticationTokenException",
        "MissingAuthenticationToken", "AccessDeniedException", "AccessDenied", "AuthFailure", "NotAuthorized", "OptInRequired",
    };

    /// <summary>The signature is from another time than DynamoDB's, or may be.</summary>
    public static readonly IReadOnlySet<string> OfTime = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure", "AccessDeniedException",
        "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture",
    };

    public static bool Contains(string? code) => code is not null && (OfCredentials.Contains(code) || OfTime.Contains(code));
}
