using System.Globalization;
using System.Net;

namespace Waybill.Client.Retrying;

/// <summary>Which trouble is likely to be over soon, and whether the call may be made again then.</summary>
internal static class Passing
{
    private const string TableUnavailable = "table-unavailable";

    /// <param name="isRepeatable">What the call does is done once, however often it is made. Of one that is not, it has to be certain that it has done nothing.</param>
    public static bool MayBeRepeated(Exception exception, bool isRepeatable) => exception switch
    {
        WaybillProblemException problem => Is(problem.StatusCode) && (isRepeatable || HasDoneNothing(problem)),
        HttpRequestException { StatusCode: { } status } => isRepeatable && Is(status),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => true,
        HttpRequestException broken => isRepeatable && IsBroken(broken),
        _ => false,
    };

    /// <summary>The same of an entry of a batch.</summary>
    public static bool Is(WaybillProblem problem) => problem.Status is { } status && Is((HttpStatusCode)status);

    /// <returns>Null where nobody has asked for a pause.</returns>
    public static TimeSpan? RetryAfter(Exception exception) => (exception as WaybillProblemException)?.RetryAfter;

    /// <summary>For people.</summary>
    public static string Reason(Exception exception) => exception is WaybillProblemException problem
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)problem.StatusCode} {problem.Problem.Name}")
        : exception.Message;

    private static bool Is(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>With an id in the answer, that is not known.</summary>
    private static bool HasDoneNothing(WaybillProblemException refused) =>
        refused.StatusCode == HttpStatusCode.TooManyRequests || refused.Problem is { Name: TableUnavailable, Id: null };

    /// <summary>Not a certificate that is wrong, or an answer that is no HTTP: those stay as they are.</summary>
    private static bool IsBroken(HttpRequestException exception) =>
        exception.InnerException is TimeoutException || exception.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError or HttpRequestError.Unknown;
}
