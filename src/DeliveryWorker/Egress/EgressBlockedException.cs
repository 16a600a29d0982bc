namespace Waybill.DeliveryWorker.Egress;

/// <summary>No connection was made, or it was closed before a byte was sent. The HTTP handler wraps it; the attempt turns it into an outcome.</summary>
public sealed class EgressBlockedException(EgressRefusal refusal) : Exception(refusal.Message)
{
    public EgressRefusal Refusal => refusal;
}
