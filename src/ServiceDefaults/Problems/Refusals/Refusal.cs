using Microsoft.AspNetCore.Http;

namespace Waybill.ServiceDefaults.Problems.Refusals;

/// <summary>
/// Why the server refused what came over a connection, before there was a request to give to the application. A feature of each connection;
/// the server's last word on one, as it closes it then.
/// </summary>
internal sealed class Refusal
{
    public BadHttpRequestException? Reason { get; set; }
}
