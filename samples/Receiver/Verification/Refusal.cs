namespace Waybill.Receiver.Verification;

/// <summary>The answer to a request whose signature does not hold, where the URL asks for <c>verify=1</c>.</summary>
public static class Refusal
{
    public static IResult Of(SignatureState? signature) => Results.Problem(
        type: "urn:waybill:problem:signature-refused",
        title: Title(signature),
        statusCode: StatusCodes.Status401Unauthorized);

    private static string Title(SignatureState? signature) => signature switch
    {
        SignatureState.Absent => "The request is not signed: webhook-id, webhook-timestamp or webhook-signature is missing.",
        SignatureState.TooOld => "The signature is too old: its time is more than five minutes ago.",
        SignatureState.TooNew => "The signature is too new: its time is more than five minutes ahead.",
        SignatureState.Wrong => "The signature is wrong: it was not made with this receiver's secret over this id, time and body.",
        _ => "The receiver has no secret to check signatures with: set Signing__Secrets__0.",
    };
}
