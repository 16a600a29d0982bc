using Microsoft.AspNetCore.Http;
using Waybill.Receiving.Verification;

namespace Waybill.Receiving.Pipeline;

/// <summary>What was said of an endpoint while it was mapped.</summary>
internal sealed class EndpointSettings
{
    /// <summary>Null until it was said, or where nothing is verified.</summary>
    public KeySource? Keys { get; set; }

    /// <summary>Whether it was said that nothing is verified.</summary>
    public bool IsUnverified { get; set; }

    /// <summary>Null where repeats are handled, too.</summary>
    public Func<HttpContext, string>? Scope { get; set; }
}
