namespace AdversarialKit;

/// <summary>Calls a network: with one input or two, returning one output or two.</summary>
internal delegate NetworkOutput NetworkForward(Tensor input, Tensor? condition);

/// <summary>What a network returned. The auxiliary output is a discriminator's class logits or code estimate.</summary>
internal readonly record struct NetworkOutput(Tensor Output, Tensor? Auxiliary = null);
