namespace AdversarialKit;
